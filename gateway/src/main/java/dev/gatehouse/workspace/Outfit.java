package dev.gatehouse.workspace;

/**
 * What a workspace runs with now. Its machine type may say something else by now: that holds from
 * the next start on.
 *
 * @param cpu such as {@code 500m}, as Kubernetes writes quantities
 * @param memory such as {@code 4Gi}
 */
public record Outfit(String image, String cpu, String memory, int gpus) {}
