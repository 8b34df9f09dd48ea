package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Storage.AccessPoint;
import dev.gatehouse.cluster.Storage.Bucket;
import dev.gatehouse.cluster.Storage.Kind;
import dev.gatehouse.cluster.Storage.SharedFolder;
import dev.gatehouse.name.StorageName;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code storage}. */
record StorageReader(Section section) {
  /** The largest number that Linux gives to a user or a group and takes for one. */
  static final int MAX_ID = 999_999_999;

  private static final ByteQuantity SIZE = new ByteQuantity("100Gi");
  private static final Pattern FILE_SYSTEM = Pattern.compile("fs-[0-9a-f]{8,40}");
  private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");

  /** Of general purpose buckets, and of directory buckets with their zone. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private static final Pattern PREFIX =
      Pattern.compile("[A-Za-z0-9!_.*'()-][A-Za-z0-9!_.*'()/-]{0,500}/");
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]{2,10}){1,3}-[0-9]");

  NavigableMap<StorageName, Storage> read() {
    var all = new TreeMap<StorageName, Storage>();
    for (var key : section.keys()) {
      var storage = section.section(key);
      section.key(key, StorageName::new).ifPresent(name -> all.put(name, storage(name, storage)));
    }
    return Collections.unmodifiableNavigableMap(all);
  }

  private static Storage storage(StorageName name, Section section) {
    var description = section.get("description", Values.line(200)).orElse("");
    var kinds = Stream.of("storageClass", "efs", "bucket").filter(key -> section.has(key)).toList();
    if (kinds.size() != 1) {
      section.note(
          "%s must have one of storageClass, efs and bucket".formatted(section.name()),
          kinds.isEmpty() ? List.of() : List.of(kinds.getLast()));
    }
    var folder = folder(section);
    var point = accessPoint(section.section("efs"), section.has("efs"));
    var bucket = bucket(section.section("bucket"), section.has("bucket"));
    section.refuseUnknownKeys();
    Kind kind = section.has("efs") ? point : section.has("bucket") ? bucket : folder;
    return new Storage(name, description, kind);
  }

  private static SharedFolder folder(Section section) {
    var folder =
        new SharedFolder(
            section.get("size", Quantities::bytes, SIZE),
            section.get("storageClass", Quantities::name, ""),
            section.get("gid", Amounts.integer(1, MAX_ID)));
    if (!section.has("storageClass")) {
      for (var key : List.of("size", "gid")) {
        section.refuse(key, "goes with storageClass; an efs or a bucket has its own, or none");
      }
    }
    return folder;
  }

  private static AccessPoint accessPoint(Section section, boolean there) {
    if (there) {
      section.require("fileSystem", "name it, such as fs-0123456789abcdef0");
      section.require("uid", "say whose the files are, for EFS gives all of them to one user");
      section.require("gid", "say which group's the files are, for EFS gives all of them to one");
    }
    var point =
        new AccessPoint(
            section.get("fileSystem", StorageReader::fileSystem, ""),
            section.get("path", Quantities.folder(), "/gatehouse-storage"),
            section.get("uid", Amounts.integer(1, MAX_ID), 0),
            section.get("gid", Amounts.integer(1, MAX_ID), 0),
            section.get("mode", StorageReader::mode, "770"));
    section.refuseUnknownKeys();
    return point;
  }

  private static Bucket bucket(Section section, boolean there) {
    if (there) {
      section.require("name", "name the bucket");
      section.require("region", "say where the bucket is, such as eu-central-1");
    }
    var bucket =
        new Bucket(
            section.get("name", StorageReader::bucketName, ""),
            section.get("prefix", StorageReader::prefix, ""),
            section.get("region", StorageReader::region, ""),
            section.get("readOnly", Values::flag, true),
            section.get("gid", Amounts.integer(1, MAX_ID)));
    section.refuseUnknownKeys();
    return bucket;
  }

  private static String fileSystem(ScalarNode node) {
    return Amounts.match(FILE_SYSTEM, node, "the id of an EFS file system, such as fs-0123456789ab")
        .group();
  }

  private static String mode(ScalarNode node) {
    return Amounts.match(MODE, node, "three or four octal digits in quotes, such as '770'").group();
  }

  private static String bucketName(ScalarNode node) {
    return Amounts.match(BUCKET, node, "the name of a bucket").group();
  }

  private static String prefix(ScalarNode node) {
    return Amounts.match(PREFIX, node, "the begin of keys, with a slash at its end: raw/2026/")
        .group();
  }

  static String region(ScalarNode node) {
    return Amounts.match(REGION, node, "a region of AWS, such as eu-central-1").group();
  }
}
