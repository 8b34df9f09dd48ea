/**
 * People and groups. Only this package knows LDAP; everybody else sees {@link
 * dev.gatehouse.directory.Person}.
 */
@NullMarked
package dev.gatehouse.directory;

import org.jspecify.annotations.NullMarked;
