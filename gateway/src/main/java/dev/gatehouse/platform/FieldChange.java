package dev.gatehouse.platform;

import java.util.Optional;

/**
 * One field whose value differs.
 *
 * @param path such as {@code spec.replicas} or {@code machineTypes.gpu.cpu}
 * @param before absent for a field that is added
 * @param after absent for a field that goes
 */
public record FieldChange(String path, Optional<String> before, Optional<String> after) {}
