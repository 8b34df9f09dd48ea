/** Commands on the second factor. */
@NullMarked
package dev.gatehouse.console.commands.mfa;

import org.jspecify.annotations.NullMarked;
