/**
 * What every resource shares: reading requests strictly, conditional requests, paging, and problem
 * details for every error.
 */
@NullMarked
package dev.punctual.taskservice.http;

import org.jspecify.annotations.NullMarked;
