@NullMarked
package dev.punctual.taskservice.security;

import org.jspecify.annotations.NullMarked;
