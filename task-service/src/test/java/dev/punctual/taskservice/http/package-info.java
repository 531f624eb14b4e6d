@NullMarked
package dev.punctual.taskservice.http;

import org.jspecify.annotations.NullMarked;
