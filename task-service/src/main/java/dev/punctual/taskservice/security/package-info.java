/** Who asks: bearer tokens, the issuer of local mode, and the users they stand for. */
@NullMarked
package dev.punctual.taskservice.security;

import org.jspecify.annotations.NullMarked;
