/** Ways to log in: keys, certificates, passwords, second factors, and names. */
@NullMarked
package dev.gatehouse.frontdoor.login;

import org.jspecify.annotations.NullMarked;
