package io.haulwatch.simulator.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cities and the roads between them. Waypoints are our own choice: plausible corridors, not surveyed roads. */
public final class RoadNetwork {
    static final List<City> CITIES = List.of(
            new City("重庆", 29.56, 106.55, "500112", "渝B", 14),
            new City("成都", 30.57, 104.07, "510107", "川A", 8),
            new City("绵阳", 31.47, 104.68, "510703", "川B", 3),
            new City("宜宾", 28.77, 104.62, "511502", "川Q", 3),
            new City("万州", 30.81, 108.39, "500101", "渝F", 3),
            new City("垫江", 30.33, 107.35, "500231", "渝D", 4),
            new City("达州", 31.21, 107.47, "511702", "川S", 2),
            new City("宜昌", 30.69, 111.29, "420502", "鄂E", 3),
            new City("武汉", 30.59, 114.30, "420102", "鄂A", 7),
            new City("襄阳", 32.01, 112.14, "420602", "鄂F", 3),
            new City("恩施", 30.27, 109.49, "422801", "鄂Q", 1),
            new City("长沙", 28.23, 112.94, "430102", "湘A", 5),
            new City("怀化", 27.57, 110.00, "431202", "湘N", 2),
            new City("衡阳", 26.90, 112.57, "430405", "湘D", 2),
            new City("南昌", 28.68, 115.86, "360102", "赣A", 3),
            new City("九江", 29.70, 116.00, "360402", "赣G", 2),
            new City("赣州", 25.83, 114.93, "360702", "赣B", 2),
            new City("合肥", 31.82, 117.23, "340102", "皖A", 4),
            new City("阜阳", 32.89, 115.81, "341202", "皖K", 3),
            new City("南京", 32.06, 118.80, "320102", "苏A", 5),
            new City("徐州", 34.26, 117.19, "320302", "苏C", 4),
            new City("苏州", 31.30, 120.60, "320505", "苏E", 5),
            new City("上海", 31.23, 121.40, "310112", "沪A", 5),
            new City("杭州", 30.27, 120.15, "330102", "浙A", 5),
            new City("宁波", 29.87, 121.55, "330203", "浙B", 4),
            new City("金华", 29.08, 119.65, "330702", "浙G", 2),
            new City("温州", 28.00, 120.67, "330302", "浙C", 2),
            new City("福州", 26.07, 119.25, "350102", "闽A", 3),
            new City("厦门", 24.55, 118.05, "350203", "闽D", 3),
            new City("广州", 23.13, 113.26, "440104", "粤A", 7),
            new City("深圳", 22.60, 114.00, "440303", "粤B", 6),
            new City("湛江", 21.27, 110.36, "440802", "粤G", 2),
            new City("韶关", 24.81, 113.60, "440203", "粤F", 2),
            new City("汕头", 23.35, 116.68, "440507", "粤D", 2),
            new City("南宁", 22.82, 108.37, "450102", "桂A", 3),
            new City("柳州", 24.33, 109.41, "450202", "桂B", 2),
            new City("桂林", 25.27, 110.29, "450302", "桂C", 1),
            new City("贵阳", 26.65, 106.63, "520102", "贵A", 3),
            new City("遵义", 27.73, 106.93, "520302", "贵C", 2),
            new City("昆明", 25.04, 102.71, "530102", "云A", 3),
            new City("曲靖", 25.49, 103.80, "530302", "云D", 1),
            new City("大理", 25.59, 100.23, "532901", "云L", 1),
            new City("昭通", 27.34, 103.72, "530602", "云C", 1),
            new City("西昌", 27.90, 102.26, "513401", "川W", 1),
            new City("西安", 34.34, 108.94, "610102", "陕A", 5),
            new City("汉中", 33.07, 107.03, "610702", "陕F", 1),
            new City("榆林", 38.28, 109.73, "610802", "陕K", 3),
            new City("郑州", 34.75, 113.63, "410102", "豫A", 6),
            new City("洛阳", 34.62, 112.45, "410302", "豫C", 3),
            new City("信阳", 32.13, 114.07, "411502", "豫S", 2),
            new City("石家庄", 38.04, 114.51, "130102", "冀A", 5),
            new City("邯郸", 36.61, 114.49, "130402", "冀D", 3),
            new City("唐山", 39.63, 118.18, "130202", "冀B", 4),
            new City("太原", 37.87, 112.55, "140105", "晋A", 3),
            new City("大同", 40.09, 113.30, "140213", "晋B", 2),
            new City("北京", 39.80, 116.50, "110108", "京A", 3),
            new City("天津", 39.08, 117.20, "120101", "津A", 4),
            new City("济南", 36.65, 117.12, "370102", "鲁A", 5),
            new City("临沂", 35.10, 118.35, "371302", "鲁Q", 4),
            new City("青岛", 36.10, 120.30, "370202", "鲁B", 4),
            new City("潍坊", 36.71, 119.16, "370702", "鲁G", 3),
            new City("呼和浩特", 40.84, 111.75, "150102", "蒙A", 2),
            new City("包头", 40.65, 109.84, "150203", "蒙B", 2),
            new City("银川", 38.49, 106.23, "640104", "宁A", 2),
            new City("兰州", 36.06, 103.83, "620102", "甘A", 2),
            new City("武威", 37.93, 102.64, "620602", "甘H", 1),
            new City("酒泉", 39.74, 98.50, "620902", "甘F", 1),
            new City("哈密", 42.83, 93.51, "650502", "新L", 1),
            new City("乌鲁木齐", 43.82, 87.61, "650102", "新A", 2),
            new City("西宁", 36.62, 101.77, "630102", "青A", 1),
            new City("格尔木", 36.41, 94.90, "632801", "青H", 1),
            new City("拉萨", 29.65, 91.13, "540102", "藏A", 1),
            new City("沈阳", 41.80, 123.43, "210102", "辽A", 4),
            new City("锦州", 41.10, 121.13, "210702", "辽G", 2),
            new City("大连", 39.00, 121.65, "210202", "辽B", 3),
            new City("长春", 43.82, 125.32, "220102", "吉A", 3),
            new City("哈尔滨", 45.80, 126.53, "230102", "黑A", 3),
            new City("大庆", 46.59, 125.10, "230602", "黑E", 1),
            new City("齐齐哈尔", 47.35, 123.92, "230202", "黑B", 1),
            new City("海口", 20.02, 110.35, "460105", "琼A", 1));

    private static final String[] LINKS = {
        "重庆-成都", "重庆-垫江", "垫江-万州", "垫江-达州", "万州-宜昌", "宜昌-武汉", "重庆-遵义", "遵义-贵阳", "重庆-宜宾", "宜宾-成都", "成都-绵阳", "绵阳-汉中",
        "汉中-西安", "达州-汉中", "重庆-怀化", "怀化-长沙", "恩施-宜昌", "恩施-垫江", "武汉-合肥", "武汉-信阳", "信阳-郑州", "武汉-长沙", "武汉-九江", "九江-南昌",
        "襄阳-武汉", "襄阳-宜昌", "襄阳-西安", "襄阳-洛阳", "长沙-衡阳", "衡阳-韶关", "韶关-广州", "长沙-南昌", "衡阳-桂林", "桂林-柳州", "柳州-南宁", "南昌-赣州",
        "赣州-韶关", "赣州-深圳", "南昌-金华", "南昌-福州", "合肥-南京", "合肥-阜阳", "阜阳-信阳", "阜阳-徐州", "南京-苏州", "苏州-上海", "南京-徐州", "杭州-苏州",
        "杭州-金华", "杭州-宁波", "宁波-上海", "金华-温州", "温州-福州", "福州-厦门", "厦门-汕头", "汕头-深圳", "广州-深圳", "广州-湛江", "湛江-南宁", "湛江-海口",
        "广州-桂林", "贵阳-昆明", "贵阳-柳州", "贵阳-怀化", "昆明-曲靖", "曲靖-贵阳", "昆明-大理", "昭通-宜宾", "昭通-曲靖", "西昌-成都", "西昌-昆明", "西安-郑州",
        "西安-洛阳", "洛阳-郑州", "西安-兰州", "西安-榆林", "榆林-包头", "榆林-太原", "西安-银川", "银川-兰州", "银川-包头", "郑州-徐州", "郑州-邯郸", "邯郸-石家庄",
        "石家庄-北京", "石家庄-太原", "太原-大同", "大同-北京", "大同-呼和浩特", "呼和浩特-包头", "北京-天津", "天津-唐山", "唐山-锦州", "锦州-沈阳", "沈阳-大连",
        "沈阳-长春", "长春-哈尔滨", "哈尔滨-大庆", "大庆-齐齐哈尔", "济南-石家庄", "济南-徐州", "济南-天津", "济南-潍坊", "潍坊-青岛", "临沂-徐州", "临沂-潍坊", "临沂-青岛",
        "邯郸-济南", "太原-洛阳", "兰州-武威", "武威-酒泉", "酒泉-哈密", "哈密-乌鲁木齐", "兰州-西宁", "西宁-格尔木", "格尔木-拉萨", "合肥-九江", "南京-杭州"
    };

    private final List<Road> roads = new ArrayList<>();
    private final List<List<Road>> roadsFrom = new ArrayList<>();
    private final int[] cumulativeWeight = new int[CITIES.size()];

    /** The network, the same on every run. */
    public RoadNetwork() {
        Map<String, Integer> index = new HashMap<>();
        int sum = 0;
        for (int i = 0; i < CITIES.size(); i++) {
            index.put(CITIES.get(i).name(), i);
            roadsFrom.add(new ArrayList<>());
            sum += CITIES.get(i).weight();
            cumulativeWeight[i] = sum;
        }
        for (String link : LINKS) {
            int dash = link.indexOf('-');
            Integer from = index.get(link.substring(0, dash));
            Integer to = index.get(link.substring(dash + 1));
            if (from == null || to == null) {
                throw new IllegalStateException("a road joins two known cities: link=" + link);
            }
            Road road = new Road(roads.size(), from, to, CITIES.get(from), CITIES.get(to));
            roads.add(road);
            roadsFrom.get(from).add(road);
            roadsFrom.get(to).add(road);
        }
    }

    /** Every road once. */
    public List<Road> roads() {
        return List.copyOf(roads);
    }

    /** Roads that touch a city. */
    List<Road> roadsFrom(int city) {
        return roadsFrom.get(city);
    }

    /** A city, heavier ones more often. @param unit in [0, 1) */
    int cityByWeight(double unit) {
        int wanted = (int) (unit * cumulativeWeight[cumulativeWeight.length - 1]);
        int city = 0;
        while (cumulativeWeight[city] <= wanted) {
            city++;
        }
        return city;
    }
}
