package dev.gatehouse.aws;

/**
 * Whose credentials these are, as STS says.
 *
 * @param account of 12 digits
 * @param arn of the user, or of the session of a role
 */
public record Identity(String account, String arn) {}
