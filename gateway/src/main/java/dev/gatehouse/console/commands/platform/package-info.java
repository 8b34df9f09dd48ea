/** Commands that watch the whole platform at work. */
@NullMarked
package dev.gatehouse.console.commands.platform;

import org.jspecify.annotations.NullMarked;
