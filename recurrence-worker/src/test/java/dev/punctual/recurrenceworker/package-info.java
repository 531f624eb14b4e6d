@NullMarked
package dev.punctual.recurrenceworker;

import org.jspecify.annotations.NullMarked;
