/** Where the program begins; the rooms below hold everything else. */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
