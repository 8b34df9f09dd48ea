package dev.gatehouse.cost;

/** What a bill has a line for. */
public enum By {
  PERSON,
  GROUP,
  TYPE,
  POOL,
  DAY
}
