/** What AWS says that its instances cost, on demand and as spot instances. */
@NullMarked
package dev.gatehouse.aws.prices;

import org.jspecify.annotations.NullMarked;
