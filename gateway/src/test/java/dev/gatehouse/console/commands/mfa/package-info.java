/** {@code gate mfa}. */
@NullMarked
package dev.gatehouse.console.commands.mfa;

import org.jspecify.annotations.NullMarked;
