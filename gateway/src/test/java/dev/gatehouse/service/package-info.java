/** Services of a workspace, from the first tunnel to their end, with real programs. */
@NullMarked
package dev.gatehouse.service;

import org.jspecify.annotations.NullMarked;
