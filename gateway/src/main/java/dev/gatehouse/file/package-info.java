/**
 * Files, carefully: what people wrote is read whole, within a limit and strictly as UTF-8; what
 * must survive a crash is replaced as one.
 */
@NullMarked
package dev.gatehouse.file;

import org.jspecify.annotations.NullMarked;
