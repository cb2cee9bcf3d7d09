package io.haulwatch.simulator.register;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.jt808.Edition;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.simulator.terminal.Identity;
import io.haulwatch.simulator.world.City;
import io.haulwatch.simulator.world.Fleet;
import io.haulwatch.simulator.world.Road;
import io.haulwatch.simulator.world.RoadNetwork;
import io.haulwatch.simulator.world.Temper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * The register of a simulated fleet: companies, trucks with terminals, drivers, papers, hazards and zones. Every name and number is
 * invented. The same fleet, seed and day give the same file.
 */
public final class RegisterFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String[] FIRST = {"云", "山", "远", "江", "星", "驰", "鸿", "顺", "祥", "恒", "广", "捷", "瑞", "川", "锦"};
    private static final String[] SECOND = {"程", "途", "达", "运", "岭", "帆", "骏", "陆", "联", "驿", "泰", "安", "路", "风", "源"};
    private static final String[] KIND = {"物流有限公司", "运输有限公司", "货运有限公司", "供应链有限公司"};
    private static final String[] SURNAME = {
        "陈", "李", "王", "张", "刘", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "郑", "梁",
        "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹"
    };
    private static final String[] GIVEN = {
        "国强", "志远", "小军", "大勇", "平", "涛", "建华", "立民", "海波", "永胜", "德明", "文斌", "春生", "玉龙", "振宇", "长青", "学兵", "光明", "新民",
        "家乐", "少云", "福来", "兴旺", "伟", "磊", "刚", "鹏飞", "世杰", "红卫", "金山"
    };
    private static final String PLATE_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String[] HAZARDS = {
        "灭火器压力不足", "轮胎花纹深度不足", "反光标识脱落", "停车场照明损坏", "消防器材过期", "动态监控值班记录缺失", "装卸平台护栏松动"
    };

    private static final int ROUTE_SECTIONS = 9;
    private static final double SECTION_METRES = 1_500;

    private final Fleet fleet;
    private final RoadNetwork network;
    private final long seed;
    private final Temper temper;
    private final LocalDate today;

    /** @param today papers are valid, due or overdue as of this local date */
    public RegisterFile(Fleet fleet, RoadNetwork network, long seed, Temper temper, LocalDate today) {
        this.fleet = fleet;
        this.network = network;
        this.seed = seed;
        this.temper = temper;
        this.today = today;
    }

    /** The terminals of a fleet, one a truck, in truck order. */
    public static List<Identity> identities(Fleet fleet, long seed) {
        List<Identity> identities = new ArrayList<>(fleet.size());
        Set<String> plates = new TreeSet<>();
        SplittableRandom dice = new SplittableRandom(seed * 31 + 5);
        for (int truck = 0; truck < fleet.size(); truck++) {
            City city = fleet.companyCity(fleet.company(truck));
            String plate;
            do {
                StringBuilder text = new StringBuilder(city.plate());
                for (int k = 0; k < 5; k++) {
                    // Letters are rare on the plates of heavy trucks, and stand in one place.
                    text.append(
                            k == 1 && dice.nextInt(3) == 0
                                    ? PLATE_LETTERS.charAt(10 + dice.nextInt(24))
                                    : PLATE_LETTERS.charAt(dice.nextInt(10)));
                }
                plate = text.toString();
            } while (!plates.add(plate));
            int edition = dice.nextInt(20);
            identities.add(new Identity(
                    truck,
                    String.format(Locale.ROOT, "14%09d", 100_000_000L + truck),
                    edition == 0 ? Edition.V2011 : edition < 13 ? Edition.V2013 : Edition.V2019,
                    String.format(Locale.ROOT, "S%06d", truck),
                    plate,
                    2,
                    city.adcode()));
        }
        return identities;
    }

    /** Qualification number (从业资格证号) of a truck's drivers, as on their cards. @param driver 0 for the assigned one */
    public static String qualificationNumber(Identity identity, int driver) {
        return String.format(Locale.ROOT, "%s%012d", identity.adcode(), 10L * identity.truck() + driver);
    }

    /** Writes the file; the folder must exist. */
    public void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        JSON.writeValue(next.toFile(), content());
        Files.move(
                next,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the file says. */
    public ObjectNode content() {
        ObjectNode root = JSON.createObjectNode();
        root.put("haulwatch_register", 1);
        SplittableRandom dice = new SplittableRandom(seed);
        List<Identity> identities = identities(fleet, seed);
        ArrayNode companies = root.putArray("companies");
        ArrayNode vehicles = root.putArray("vehicles");
        ArrayNode drivers = root.putArray("drivers");
        ArrayNode assignments = root.putArray("assignments");
        ArrayNode papers = root.putArray("papers");
        ArrayNode hazards = root.putArray("hazards");
        Set<String> names = new TreeSet<>();
        for (int c = 0; c < fleet.companies(); c++) {
            company(c, companies, papers, hazards, names, dice);
        }
        for (Identity identity : identities) {
            vehicle(identity, vehicles, papers, dice);
            driver(identity, drivers, assignments, papers, dice);
        }
        root.set("zones", zones());
        return root;
    }

    private void company(
            int c, ArrayNode companies, ArrayNode papers, ArrayNode hazards, Set<String> names, SplittableRandom dice) {
        City city = fleet.companyCity(c);
        String name;
        do {
            name = city.name()
                    + FIRST[dice.nextInt(FIRST.length)]
                    + SECOND[dice.nextInt(SECOND.length)]
                    + KIND[dice.nextInt(KIND.length)];
        } while (!names.add(name));
        String key = companyKey(c);
        ObjectNode company = companies.addObject();
        company.put("key", key).put("name", name).put("adcode", city.adcode());
        company.put("licence_no", city.adcode() + String.format(Locale.ROOT, "%06d", 1_000 + c));
        company.put("contact_name", person(dice));
        company.put("contact_phone", String.format(Locale.ROOT, "136%08d", dice.nextInt(100_000_000)));
        paper(papers, "COMPANY", key, "co.licence", 1_460, healthy(dice, 1_460, 0.0), dice);
        paper(papers, "COMPANY", key, "co.insurance", 365, healthy(dice, 365, 0.03), dice);
        int found = 1 + dice.nextInt(6);
        for (int h = 0; h < found; h++) {
            ObjectNode hazard = hazards.addObject();
            LocalDate on = today.minusDays(dice.nextInt(60));
            LocalDate due = on.plusDays(7 + dice.nextInt(21));
            boolean closed = due.isBefore(today) ? dice.nextDouble() < 0.75 : dice.nextDouble() < 0.4;
            hazard.put("company", key);
            hazard.put("title", HAZARDS[dice.nextInt(HAZARDS.length)]);
            hazard.put("grade", dice.nextDouble() < 0.03 ? "major" : "general");
            hazard.put("found_on", on.toString()).put("due_on", due.toString());
            hazard.put("closed_on", closed ? earlier(due, today).toString() : null);
            hazard.put("owner_name", person(dice));
        }
    }

    private void vehicle(Identity identity, ArrayNode vehicles, ArrayNode papers, SplittableRandom dice) {
        VehicleClass kind = fleet.vehicleClass(identity.truck());
        ObjectNode vehicle = vehicles.addObject();
        vehicle.put("company", companyKey(fleet.company(identity.truck())));
        vehicle.put("plate", identity.plate()).put("plate_colour", identity.plateColour());
        vehicle.put(
                "vin",
                String.format(Locale.ROOT, "LHWSM%02d%010d", identity.truck() % 97, 7_000_000L + identity.truck()));
        vehicle.put("vehicle_class", kind.name());
        vehicle.put(
                "model",
                switch (kind) {
                    case GENERAL -> "重型厢式货车";
                    case TRAILER -> "重型半挂牵引车";
                    case DANGEROUS_GOODS -> "危险货物罐式车";
                    case OVERSIZE -> "大件运输车";
                });
        vehicle.put("registered_on", today.minusDays(200 + dice.nextInt(3_000)).toString());
        ObjectNode terminal = vehicle.putObject("terminal");
        terminal.put("phone", identity.phone()).put("maker", Identity.MAKER).put("model", Identity.MODEL);
        terminal.put("device_id", identity.deviceId());
        terminal.put("edition", Integer.parseInt(identity.edition().year()));
        String plate = identity.plate();
        double expired = temper.expiredPaper() / 3;
        paper(papers, "VEHICLE", plate, "veh.permit", 1_460, healthy(dice, 1_460, expired), dice);
        paper(papers, "VEHICLE", plate, "veh.permit_review", 365, healthy(dice, 365, 0.012), dice);
        paper(papers, "VEHICLE", plate, "veh.inspection", 365, healthy(dice, 365, expired), dice);
        paper(papers, "VEHICLE", plate, "veh.tech_rating", 365, healthy(dice, 365, 0.01), dice);
        paper(papers, "VEHICLE", plate, "veh.ins_compulsory", 365, healthy(dice, 365, expired / 4), dice);
        paper(papers, "VEHICLE", plate, "veh.maintenance2", 120, healthy(dice, 120, 0.07), dice);
    }

    private void driver(
            Identity identity, ArrayNode drivers, ArrayNode assignments, ArrayNode papers, SplittableRandom dice) {
        String company = companyKey(fleet.company(identity.truck()));
        int count = dice.nextInt(10) == 0 ? 2 : 1;
        for (int d = 0; d < count; d++) {
            String key = String.format(Locale.ROOT, "d%06d%s", identity.truck(), d == 0 ? "" : "b");
            ObjectNode driver = drivers.addObject();
            driver.put("key", key).put("company", company).put("name", person(dice));
            driver.put("phone", String.format(Locale.ROOT, "139%08d", dice.nextInt(100_000_000)));
            driver.put(
                    "id_card",
                    String.format(
                            Locale.ROOT,
                            "%s%04d%02d%02d%03dX",
                            identity.adcode(),
                            1_966 + dice.nextInt(35),
                            1 + dice.nextInt(12),
                            1 + dice.nextInt(28),
                            dice.nextInt(1_000)));
            driver.put(
                    "licence_no", String.format(Locale.ROOT, "%s%08d", identity.adcode(), 10L * identity.truck() + d));
            double expired = d == 0 ? temper.expiredPaper() / 3 : 0.04;
            paper(papers, "DRIVER", key, "drv.licence", 2_190, healthy(dice, 2_190, expired / 3), dice);
            paper(papers, "DRIVER", key, "drv.qualification", 2_190, healthy(dice, 2_190, expired), dice);
            ((ObjectNode) papers.get(papers.size() - 1)).put("number", qualificationNumber(identity, d));
            paper(papers, "DRIVER", key, "drv.cont_edu", 730, healthy(dice, 730, 0.03), dice);
            if (d == 0) {
                ObjectNode assignment = assignments.addObject();
                assignment.put("vehicle", identity.plate()).put("driver", key);
                assignment.putNull("from").putNull("to");
            }
        }
    }

    /** Days until a paper ends: mostly somewhere in its term, with the given chance a few days ago. */
    private static int healthy(SplittableRandom dice, int termDays, double expired) {
        return dice.nextDouble() < expired ? -1 - dice.nextInt(40) : dice.nextInt(termDays);
    }

    private void paper(
            ArrayNode papers,
            String ownerKind,
            String owner,
            String kind,
            int termDays,
            int left,
            SplittableRandom dice) {
        ObjectNode paper = papers.addObject();
        LocalDate expires = today.plusDays(left);
        paper.put("owner_kind", ownerKind).put("owner", owner).put("kind", kind);
        paper.put("number", String.format(Locale.ROOT, "%08d", dice.nextInt(100_000_000)));
        paper.put("issued", expires.minusDays(termDays).toString()).put("expires", expires.toString());
    }

    /** Fences on real stretches of the simulated roads. */
    private ObjectNode zones() {
        ObjectNode collection = JSON.createObjectNode();
        collection.put("type", "FeatureCollection");
        ArrayNode features = collection.putArray("features");
        List<Road> roads = network.roads();
        Road.Place place = new Road.Place();
        for (int k = 0; k < 18; k++) {
            Road road = roads.get((k * 37 + 5) % roads.size());
            double middle = road.length() * (0.35 + 0.02 * (k % 10));
            ObjectNode feature = features.addObject();
            feature.put("type", "Feature");
            ObjectNode properties = feature.putObject("properties");
            ObjectNode geometry = feature.putObject("geometry");
            road.at(middle, place);
            switch (k % 6) {
                case 0, 3 -> {
                    properties
                            .put("name", "长下坡 " + (k + 1) + " 号")
                            .put("kind", "mountain")
                            .put("limit_kmh", 70);
                    properties.putNull("window");
                    corridor(geometry, road, middle, 2_600, 250);
                }
                case 1 -> {
                    properties
                            .put("name", "学校路段 " + (k + 1) + " 号")
                            .put("kind", "school")
                            .put("limit_kmh", 40);
                    properties.put("window", "07:00-19:00");
                    point(geometry, properties, place, 220);
                }
                case 2, 5 -> {
                    properties
                            .put("name", "大桥 " + (k + 1) + " 号")
                            .put("kind", "bridge")
                            .put("limit_kmh", 80);
                    properties.putNull("window");
                    corridor(geometry, road, middle, 1_500, 200);
                }
                default -> {
                    properties
                            .put("name", "施工路段 " + (k + 1) + " 号")
                            .put("kind", "construction")
                            .put("limit_kmh", 60);
                    properties.putNull("window");
                    point(geometry, properties, place, 500);
                }
            }
            properties.putNull("effective_from");
        }
        Road road = roads.get(roads.size() / 2);
        yard(features.addObject(), road, road.length() * 0.2);
        route(features.addObject(), road, road.length() * 0.2);
        return collection;
    }

    /** A rectangle without a limit of its own: its drivers are told that they enter it. */
    private static void yard(ObjectNode feature, Road road, double at) {
        feature.put("type", "Feature");
        feature.putObject("properties").put("name", "堆场 1 号").put("kind", "depot");
        ArrayNode ring = feature.putObject("geometry")
                .put("type", "Polygon")
                .putArray("coordinates")
                .addArray();
        Road.Place place = new Road.Place();
        road.at(at, place);
        double west = rounded(place.longitude() - 0.006);
        double east = rounded(place.longitude() + 0.006);
        double south = rounded(place.latitude() - 0.004);
        double north = rounded(place.latitude() + 0.004);
        double[][] corners = {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
        for (double[] corner : corners) {
            ring.addArray().add(corner[0]).add(corner[1]);
        }
    }

    /** A route of some kilometres, whose middle sections have limits and times of their own; only terminals watch it. */
    private static void route(ObjectNode feature, Road road, double from) {
        feature.put("type", "Feature");
        ObjectNode properties = feature.putObject("properties")
                .put("name", "危险品专用线 1 号")
                .put("kind", "route")
                .put("limit_kmh", 80)
                .put("width_m", 60);
        ArrayNode sections = properties.putArray("sections");
        ArrayNode line = feature.putObject("geometry").put("type", "LineString").putArray("coordinates");
        Road.Place place = new Road.Place();
        for (int i = 0; i <= ROUTE_SECTIONS; i++) {
            road.at(from + i * SECTION_METRES, place);
            line.addArray().add(rounded(place.longitude())).add(rounded(place.latitude()));
        }
        for (int i = 0; i < ROUTE_SECTIONS; i++) {
            ObjectNode section = sections.addObject();
            if (i == ROUTE_SECTIONS / 2) {
                section.put("limit_kmh", 60).put("longest_s", 600).put("shortest_s", 60);
            }
        }
    }

    private static void point(ObjectNode geometry, ObjectNode properties, Road.Place place, int radius) {
        properties.put("radius_m", radius);
        geometry.put("type", "Point");
        geometry.putArray("coordinates").add(rounded(place.longitude())).add(rounded(place.latitude()));
    }

    /** A strip along the road, half {@code length} to both sides of {@code middle}. */
    private static void corridor(ObjectNode geometry, Road road, double middle, double length, double aside) {
        geometry.put("type", "Polygon");
        ArrayNode ring = geometry.putArray("coordinates").addArray();
        Road.Place place = new Road.Place();
        List<double[]> left = new ArrayList<>();
        List<double[]> right = new ArrayList<>();
        for (double at = middle - length / 2; at <= middle + length / 2; at += length / 6) {
            road.at(at, place);
            double across = Math.toRadians(place.headingDeg() + 90);
            double north = aside * Math.cos(across) / 111_320;
            double east = aside * Math.sin(across) / (111_320 * Math.cos(Math.toRadians(place.latitude())));
            left.add(new double[] {place.longitude() - east, place.latitude() - north});
            right.add(new double[] {place.longitude() + east, place.latitude() + north});
        }
        List<double[]> outline = new ArrayList<>(left);
        outline.addAll(right.reversed());
        outline.add(left.getFirst());
        for (double[] corner : outline) {
            ring.addArray().add(rounded(corner[0])).add(rounded(corner[1]));
        }
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * 1e6) / 1e6;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static String person(SplittableRandom dice) {
        return SURNAME[dice.nextInt(SURNAME.length)] + GIVEN[dice.nextInt(GIVEN.length)];
    }

    private static String companyKey(int company) {
        return String.format(Locale.ROOT, "c%04d", company);
    }
}
