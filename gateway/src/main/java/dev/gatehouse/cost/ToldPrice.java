package dev.gatehouse.cost;

import java.math.BigDecimal;
import java.util.Optional;

/** What a cloud says that one node costs for an hour. */
public record ToldPrice(Optional<BigDecimal> onDemand, Optional<BigDecimal> spot) {}
