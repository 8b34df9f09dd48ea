package dev.gatehouse.platform.helm;

/** Renders charts without asking a cluster. */
public interface Renderer extends AutoCloseable {
  /**
   * Returns the manifests of a chart as YAML documents, without hooks, and without the CRDs of its
   * folder {@code crds}.
   *
   * @throws dev.gatehouse.failure.UserError if the chart's schema refuses a value
   */
  String render(Release release);

  @Override
  void close();
}
