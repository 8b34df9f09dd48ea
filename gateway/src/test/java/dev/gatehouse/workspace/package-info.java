/** The contract of every kind of workspace, and local ones with real programs. */
@NullMarked
package dev.gatehouse.workspace;

import org.jspecify.annotations.NullMarked;
