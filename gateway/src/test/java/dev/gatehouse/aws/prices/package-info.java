/** What instances cost, read from the stand-in of AWS. */
@NullMarked
package dev.gatehouse.aws.prices;

import org.jspecify.annotations.NullMarked;
