/** {@code gate keys}, and the forms that a public key may come in. */
@NullMarked
package dev.gatehouse.console.commands.keys;

import org.jspecify.annotations.NullMarked;
