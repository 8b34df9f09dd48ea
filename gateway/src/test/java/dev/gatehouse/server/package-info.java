/** How a gateway is put together, and how it exchanges its parts while it runs. */
@NullMarked
package dev.gatehouse.server;

import org.jspecify.annotations.NullMarked;
