package dev.gatehouse.server;

import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Finding;
import java.util.List;

/** Says where a directory that is deployed can be asked: its address means nothing out here. */
record DeployedDirectoryCheck() implements Check {
  @Override
  public String subject() {
    return "Directory";
  }

  @Override
  public List<Finding> findings() {
    return List.of(
        Finding.notChecked(
            "the deployed directory answers inside the cluster only",
            "'gate doctor' asks it there"));
  }
}
