namespace Reeve.Server.FlowRuns;

/// <summary>Names for runs that were given none: an adjective and an animal.</summary>
internal static class FlowRunNames
{
    private static readonly string[] Adjectives =
    [
        "able", "airy", "amber", "ample", "azure", "balmy", "bold", "brave", "breezy", "bright", "brisk", "calm", "candid", "cheery", "clever",
        "cobalt", "coral", "cosmic", "cozy", "crisp", "curious", "daring", "dapper", "deft", "eager", "early", "earnest", "elated", "fabled",
        "fair", "fancy", "fearless", "fleet", "fluffy", "fond", "frank", "fresh", "gentle", "giddy", "glad", "gleaming", "golden", "grand",
        "happy", "hardy", "hazel", "honest", "humble", "ivory", "jade", "jolly", "jovial", "keen", "kind", "lively", "loyal", "lucid", "lucky",
        "mellow", "merry", "mighty", "mild", "modest", "nimble", "noble", "olive", "opal", "patient", "placid", "plucky", "polite", "proud",
        "quaint", "quick", "quiet", "radiant", "rapid", "rosy", "royal", "ruby", "sage", "scarlet", "serene", "sharp", "silent", "silver",
        "sleek", "snug", "spry", "stable", "steady", "stellar", "stout", "sunny", "swift", "tidy", "tranquil", "upbeat", "valiant", "vivid",
        "warm", "wise", "witty", "zesty",
    ];

    private static readonly string[] Animals =
    [
        "albatross", "alpaca", "antelope", "badger", "bat", "bear", "beaver", "bee", "bison", "boar", "buffalo", "camel", "caribou", "cat",
        "cheetah", "chinchilla", "civet", "cobra", "condor", "cougar", "coyote", "crab", "crane", "cricket", "crow", "deer", "dingo", "dolphin",
        "donkey", "dove", "dragonfly", "eagle", "echidna", "egret", "elk", "falcon", "ferret", "finch", "firefly", "flamingo", "fox", "gazelle",
        "gecko", "gibbon", "giraffe", "goose", "gopher", "grouse", "gull", "hare", "hawk", "hedgehog", "heron", "hippo", "hornet", "horse",
        "hyena", "ibex", "ibis", "iguana", "impala", "jackal", "jaguar", "jay", "kestrel", "kiwi", "koala", "lark", "lemur", "leopard",
        "lion", "lizard", "llama", "lobster", "lynx", "macaw", "magpie", "manatee", "marmot", "marten", "meerkat", "mink", "mole", "mongoose",
        "moose", "narwhal", "newt", "ocelot", "octopus", "orca", "oriole", "osprey", "otter", "owl", "panda", "panther", "parrot", "pelican",
        "penguin", "pigeon", "puffin", "puma", "quail", "rabbit", "raccoon", "raven", "robin", "salmon", "seal", "shark", "skunk", "sloth",
        "sparrow", "squid", "stork", "swan", "tapir", "tiger", "toucan", "trout", "turtle", "viper", "vole", "walrus", "weasel", "whale",
        "wolf", "wombat", "yak", "zebra",
    ];

    public static string Next() => $"{Adjectives[Random.Shared.Next(Adjectives.Length)]}-{Animals[Random.Shared.Next(Animals.Length)]}";
}
