/** Changes people and groups in any directory: accounts, keys, passwords, members, numbers. */
@NullMarked
package dev.gatehouse.directory.editing;

import org.jspecify.annotations.NullMarked;
