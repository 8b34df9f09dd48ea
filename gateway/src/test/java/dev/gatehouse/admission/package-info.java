/** Who may have which workspace: decisions on values alone. */
@NullMarked
package dev.gatehouse.admission;

import org.jspecify.annotations.NullMarked;
