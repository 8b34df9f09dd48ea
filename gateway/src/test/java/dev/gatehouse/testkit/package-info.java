/**
 * What tests of real programs stand on: finding them, running them isolated and with deadlines, and
 * the servers they talk to. Everything ends only what it started itself.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
