/**
 * The copy of a real LDAP server: how it follows, what it does while no server answers, and what a
 * login costs.
 */
@NullMarked
package dev.gatehouse.directory.following;

import org.jspecify.annotations.NullMarked;
