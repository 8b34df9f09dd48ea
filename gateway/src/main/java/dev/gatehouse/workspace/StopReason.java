package dev.gatehouse.workspace;

/** Why a workspace was stopped. */
public enum StopReason {
  /** Somebody said so: it stays stopped until a person comes back to it. */
  PERSON,
  /** Nobody used it. */
  IDLE,
  /** Nobody used it, and a budget that it is paid from is spent. */
  BUDGET,
  /** It was as old as its machine type may get. */
  LIFETIME
}
