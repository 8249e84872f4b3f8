Console.WriteLine("reeve");
