/** Public keys: reading, policies, and keys for all tests ({@code TestKeys}). */
@NullMarked
package dev.gatehouse.key;

import org.jspecify.annotations.NullMarked;
