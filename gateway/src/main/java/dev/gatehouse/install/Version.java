package dev.gatehouse.install;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {
  public static final String NUMBER =
      Objects.requireNonNullElse(
          Version.class.getPackage().getImplementationVersion(), "(from class files)");

  @Override
  public String[] getVersion() {
    return new String[] {"gatehouse " + NUMBER};
  }
}
