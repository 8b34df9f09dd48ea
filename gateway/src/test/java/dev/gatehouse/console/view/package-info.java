/** How results look: tables, JSON, QR codes. */
@NullMarked
package dev.gatehouse.console.view;

import org.jspecify.annotations.NullMarked;
