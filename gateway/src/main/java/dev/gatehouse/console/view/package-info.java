/** What commands show, as values, and how it is drawn: on a terminal, in plain text, as JSON. */
@NullMarked
package dev.gatehouse.console.view;

import org.jspecify.annotations.NullMarked;
