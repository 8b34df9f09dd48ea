/** Commands on people, one by one and many from a file. */
@NullMarked
package dev.gatehouse.console.commands.user;

import org.jspecify.annotations.NullMarked;
