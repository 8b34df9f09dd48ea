package dev.gatehouse.workspace;

/** Why a workspace was stopped. */
public enum StopReason {
  /** Somebody said so: it stays stopped until a person comes back to it. */
  PERSON,
  /** Nobody used it. */
  IDLE,
  /** It was as old as its machine type may get. */
  LIFETIME
}
