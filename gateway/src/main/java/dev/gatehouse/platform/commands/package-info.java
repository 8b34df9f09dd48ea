/** What a person with credentials types: {@code gatehouse plan}, apply, render and destroy. */
@NullMarked
package dev.gatehouse.platform.commands;

import org.jspecify.annotations.NullMarked;
