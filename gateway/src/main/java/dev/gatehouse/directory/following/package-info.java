/**
 * Follows the servers of a site: a copy in memory that logins are answered from, and how it is kept
 * up to date.
 */
@NullMarked
package dev.gatehouse.directory.following;

import org.jspecify.annotations.NullMarked;
