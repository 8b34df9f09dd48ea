/** Commands on what runs inside a workspace and is reached by a tunnel. */
@NullMarked
package dev.gatehouse.console.commands.service;

import org.jspecify.annotations.NullMarked;
