/** Networks and patterns of addresses. */
@NullMarked
package dev.gatehouse.net;

import org.jspecify.annotations.NullMarked;
