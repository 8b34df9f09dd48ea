package dev.gatehouse.platform.helm;

import java.nio.file.Path;
import java.util.Map;

/**
 * A chart as it should be installed.
 *
 * @param name of the release, such as {@code gatehouse}
 * @param namespace where Helm keeps its record, and what {@code .Release.Namespace} is
 * @param chart the chart's folder
 * @param values what the chart's own values.yaml says otherwise: maps, lists, texts, numbers,
 *     booleans
 */
public record Release(String name, String namespace, Path chart, Map<String, Object> values) {}
