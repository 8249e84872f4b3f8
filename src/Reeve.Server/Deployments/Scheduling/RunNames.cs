namespace Reeve.Server.Deployments.Scheduling;

/// <summary>Names for runs that nobody named: easy to say, easy to tell apart.</summary>
internal static class RunNames
{
    private static readonly string[] Qualities =
    [
        "amber", "ancient", "astute", "azure", "bold", "brave", "breezy", "bright", "bronze", "busy", "calm", "careful",
        "cheerful", "chestnut", "clever", "cobalt", "copper", "coral", "crimson", "curious", "daring", "dashing", "deft",
        "eager", "early", "electric", "emerald", "famous", "fearless", "feisty", "fierce", "fluffy", "frugal", "gentle",
        "gleaming", "golden", "graceful", "grateful", "hazel", "honest", "humble", "indigo", "jolly", "keen", "kind", "lively",
        "lucky", "mellow", "mighty", "modest", "neat", "nimble", "olive", "patient", "placid", "polite", "proud", "quick",
        "quiet", "radiant", "rapid", "robust", "rosy", "ruby", "rustic", "scarlet", "sensible", "sharp", "silent", "silver",
        "sincere", "steady", "stout", "sunny", "swift", "tidy", "tranquil", "turquoise", "upbeat", "violet", "vivid", "warm",
        "wise", "witty",
    ];

    private static readonly string[] Animals =
    [
        "aardvark", "albatross", "alpaca", "antelope", "armadillo", "badger", "barracuda", "bat", "bear", "beaver", "bison",
        "bobcat", "buffalo", "bullfinch", "camel", "caracal", "caribou", "cheetah", "chipmunk", "cormorant", "cougar", "coyote",
        "crane", "cricket", "dingo", "dolphin", "dormouse", "eagle", "egret", "elk", "ermine", "falcon", "ferret", "finch",
        "flamingo", "fox", "gazelle", "gecko", "gibbon", "goose", "grebe", "grouse", "hare", "harrier", "hawk", "hedgehog",
        "heron", "hornbill", "hoopoe", "ibex", "ibis", "iguana", "impala", "jackal", "jaguar", "jay", "kestrel", "kingfisher",
        "kiwi", "koala", "lark", "lemur", "leopard", "lizard", "llama", "loon", "lynx", "macaw", "magpie", "marmot", "marten",
        "mongoose", "moose", "narwhal", "newt", "nightjar", "ocelot", "octopus", "oriole", "oryx", "osprey", "otter", "owl",
        "panther", "partridge", "pelican", "penguin", "petrel", "puffin", "quail", "rabbit", "raccoon", "raven", "robin",
        "salmon", "seal", "shrew", "skunk", "sparrow", "squid", "stork", "swallow", "swan", "tapir", "tern", "toucan", "turtle",
        "vole", "walrus", "weasel", "wombat", "yak", "zebra",
    ];

    /// <summary>Two words at random, such as <c>gentle-otter</c>. Not unique.</summary>
    public static string Next() =>
        $"{Qualities[Random.Shared.Next(Qualities.Length)]}-{Animals[Random.Shared.Next(Animals.Length)]}";
}
