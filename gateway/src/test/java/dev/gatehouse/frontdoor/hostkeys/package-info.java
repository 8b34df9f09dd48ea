/** Host keys: files, shared ones, rotation, certificates, and what ssh-audit says. */
@NullMarked
package dev.gatehouse.frontdoor.hostkeys;

import org.jspecify.annotations.NullMarked;
