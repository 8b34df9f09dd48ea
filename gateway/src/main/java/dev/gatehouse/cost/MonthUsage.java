package dev.gatehouse.cost;

import java.time.YearMonth;

/** What was used in one month of UTC. */
public record MonthUsage(YearMonth month, Usage usage) {}
