/** Commands on the gateway's host keys. */
@NullMarked
package dev.gatehouse.console.commands.hostkey;

import org.jspecify.annotations.NullMarked;
