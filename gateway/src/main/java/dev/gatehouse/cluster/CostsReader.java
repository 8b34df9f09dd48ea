package dev.gatehouse.cluster;

import dev.gatehouse.cluster.CostSettings.Budget;
import dev.gatehouse.cluster.CostSettings.Budgets;
import dev.gatehouse.cluster.CostSettings.NodePrice;
import dev.gatehouse.cluster.CostSettings.WhenSpent;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The section {@code costs}. */
record CostsReader(Section section, References references) {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern NODES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern DIGIT = Pattern.compile("[0-9]");

  /** Only plain decimals: YAML 1.1 also takes 1e3, 1_000 and .5 for numbers. */
  private static final Pattern MONEY = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?");

  CostSettings read() {
    var usual = CostSettings.DEFAULT;
    var settings =
        new CostSettings(
            section.get("currency", CostsReader::currency, usual.currency()),
            prices(section.section("prices")),
            section.get("expensive", CostsReader::money, usual.expensive()),
            budgets(section.section("budgets")));
    section.refuseUnknownKeys();
    return settings;
  }

  private NavigableMap<String, NodePrice> prices(Section prices) {
    var all = new TreeMap<String, NodePrice>();
    for (var key : prices.keys()) {
      var price = prices.section(key);
      prices.key(key, this::nodes).ifPresent(name -> all.put(name, price(price)));
    }
    return Collections.unmodifiableNavigableMap(all);
  }

  /** A pool of the definition or a cloud's instance type, all of which have a digit in them. */
  private String nodes(String name) {
    if (!NODES.matcher(name).matches()
        || (!references.pools().contains(name) && !DIGIT.matcher(name).find())) {
      throw UserError.usage(
          "costs.prices.%s is neither one of the pools nor an instance type such as g5.xlarge%s"
              .formatted(Quote.plain(name), Suggestion.among(references.pools(), name)));
    }
    return name;
  }

  private static NodePrice price(Section price) {
    var read =
        new NodePrice(
            price.get("onDemand", CostsReader::money), price.get("spot", CostsReader::money));
    if (!price.has("onDemand") && !price.has("spot")) {
      price.require("onDemand", "say what a node costs for an hour, by onDemand, spot or both");
    }
    price.refuseUnknownKeys();
    return read;
  }

  private Budgets budgets(Section budgets) {
    var read =
        new Budgets(
            budgetsOf(budgets.section("people"), Username::new),
            groupBudgets(budgets.section("groups")),
            budget(budgets, "eachPerson"),
            budget(budgets, "everybody"));
    budgets.refuseUnknownKeys();
    return read;
  }

  /** Of groups only a directory knows whether they are there. */
  private NavigableMap<GroupName, Budget> groupBudgets(Section budgets) {
    var all = budgetsOf(budgets, GroupName::new);
    all.keySet()
        .forEach(
            group ->
                budgets
                    .place(group.value())
                    .ifPresent(place -> references.problems().names(place, group)));
    return all;
  }

  private static <N extends Comparable<N>> NavigableMap<N, Budget> budgetsOf(
      Section budgets, Function<String, N> name) {
    var all = new TreeMap<N, Budget>();
    for (var key : budgets.keys()) {
      var budget = budget(budgets, key);
      budgets.key(key, name).ifPresent(n -> budget.ifPresent(b -> all.put(n, b)));
    }
    return Collections.unmodifiableNavigableMap(all);
  }

  private static Optional<Budget> budget(Section budgets, String key) {
    if (!budgets.has(key)) {
      return Optional.empty();
    }
    var budget = budgets.section(key);
    budget.require("monthly", "say how much may be spent in a month");
    var monthly = budget.get("monthly", CostsReader::money);
    var whenSpent =
        budget.get("whenSpent", Values.word(WhenSpent.values(), WhenSpent::word), WhenSpent.WARN);
    budget.refuseUnknownKeys();
    return monthly.map(m -> new Budget(m, whenSpent));
  }

  private static String currency(ScalarNode node) {
    if (!CURRENCY.matcher(node.getValue()).matches()) {
      throw UserError.usage(
          "must be three capital letters such as USD or EUR, not " + Quote.of(node.getValue()));
    }
    return node.getValue();
  }

  /** Without zeros at the end, so that 1.50 is the same setting as 1.5. */
  private static BigDecimal money(ScalarNode node) {
    var value = node.getValue();
    var isNumber = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    if (!isNumber || !MONEY.matcher(value).matches()) {
      throw UserError.usage("must be an amount of money such as 5 or 0.45, not " + Quote.of(value));
    }
    return new BigDecimal(value).stripTrailingZeros();
  }
}
