/** {@code gatehouse plan|apply|render|restore|destroy} as a person sees them. */
@NullMarked
package dev.gatehouse.platform.commands;

import org.jspecify.annotations.NullMarked;
