package io.tapeline.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settings of the suite as its sources state them: interfaces with {@code @ConfigMapping},
 * their defaults and what is said of each.
 */
final class Settings {
  private static final Pattern PREFIX =
      Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
  private static final Pattern INTERFACE = Pattern.compile("^\\s*(?:public )?interface (\\w+) \\{");
  private static final Pattern ENUM = Pattern.compile("^\\s*enum \\w+ \\{");
  private static final Pattern DEFAULT = Pattern.compile("^\\s*@WithDefault\\(\"(.*)\"\\)");
  private static final Pattern METHOD =
      Pattern.compile("^\\s*([A-Z]\\w*(?:<.+>)?|int|long|boolean) (\\w+)\\(\\);");
  private static final Pattern GENERIC = Pattern.compile("(\\w+)<(?:String, )?(.+)>");

  /** Libraries with settings: they hold for every service. */
  static final List<String> LIBRARIES = List.of("libs/service", "libs/timing");

  private Settings() {}

  /**
   * One setting; an empty default where there is none, so that it must be given or may be missing.
   */
  record Setting(String owner, String name, String type, String fallback, String what) {}

  static List<Setting> all() {
    var settings = new ArrayList<Setting>();
    for (var owner : owners()) {
      for (var file : sources(owner)) {
        var text = Sources.text(file);
        var prefix = PREFIX.matcher(text);
        if (prefix.find()) settings.addAll(read(owner, prefix.group(1), text));
      }
    }
    return List.copyOf(settings);
  }

  private static List<String> owners() {
    var owners = new ArrayList<String>();
    owners.addAll(LIBRARIES);
    owners.addAll(Sources.SERVICES);
    return owners;
  }

  private static List<Path> sources(String owner) {
    try (var files = Files.walk(Manifests.ROOT.resolve(owner).resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith("Config.java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Method(String type, String name, String fallback, String what) {}

  private static List<Setting> read(String owner, String prefix, String text) {
    var byInterface = methods(text);
    var settings = new ArrayList<Setting>();
    var outermost = byInterface.get("");
    if (outermost != null) collect(owner, prefix, outermost, byInterface, settings);
    return settings;
  }

  private static void collect(
      String owner,
      String prefix,
      List<Method> methods,
      Map<String, List<Method>> byInterface,
      List<Setting> into) {
    for (var method : methods) {
      var name = prefix + "." + kebab(method.name());
      var generic = GENERIC.matcher(method.type());
      var map = generic.matches() && generic.group(1).equals("Map");
      var element = generic.matches() ? generic.group(2) : method.type();
      var nested = byInterface.get(element);
      if (nested != null) collect(owner, map ? name + ".\"ID\"" : name, nested, byInterface, into);
      else into.add(new Setting(owner, name, method.type(), method.fallback(), method.what()));
    }
  }

  /** By the interface they stand in; the outermost has no name. */
  private static Map<String, List<Method>> methods(String text) {
    var byInterface = new HashMap<String, List<Method>>();
    var open = new ArrayList<String>();
    var what = new StringBuilder();
    var fallback = "";
    var inEnum = false;
    var inComment = false;
    for (var line : text.lines().toList()) {
      var opens = INTERFACE.matcher(line);
      var stated = DEFAULT.matcher(line);
      var method = METHOD.matcher(line);
      if (line.strip().startsWith("/**")) {
        what.setLength(0);
        inComment = true;
      }
      if (inComment) {
        what.append(' ').append(line.replaceAll("/\\*\\*|\\*/|^\\s*\\*", "").strip());
        inComment = !line.contains("*/");
      } else if (opens.find()) {
        open.add(open.isEmpty() ? "" : opens.group(1));
        what.setLength(0);
      } else if (ENUM.matcher(line).find()) {
        inEnum = true;
        what.setLength(0);
      } else if (line.strip().equals("}")) {
        if (inEnum) inEnum = false;
        else if (!open.isEmpty()) open.removeLast();
      } else if (stated.find()) {
        fallback = stated.group(1);
      } else if (method.find() && !open.isEmpty()) {
        byInterface
            .computeIfAbsent(open.getLast(), _ -> new ArrayList<>())
            .add(new Method(method.group(1), method.group(2), fallback, clean(what)));
        fallback = "";
        what.setLength(0);
      }
    }
    return byInterface;
  }

  private static String clean(StringBuilder javadoc) {
    return javadoc
        .toString()
        .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
