/** {@code gate service}. */
@NullMarked
package dev.gatehouse.console.commands.service;

import org.jspecify.annotations.NullMarked;
