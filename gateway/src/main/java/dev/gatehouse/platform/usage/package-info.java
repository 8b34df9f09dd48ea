/**
 * Keeps how long workspaces and nodes were there, in ConfigMaps that gateways read: exactly, though
 * the operator may be started again in the middle and two may run at once.
 */
@NullMarked
package dev.gatehouse.platform.usage;

import org.jspecify.annotations.NullMarked;
