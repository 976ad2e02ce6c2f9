"""A Marian model with random weights and a tokenizer of a few pieces, as a folder."""

import io
import json
from pathlib import Path

TEXT = ["the cat sits on the mat", "a dog runs in the park", "le chat est assis", "un chien court"]


def write_marian(folder: Path) -> None:
    """The folder that `save_pretrained` makes of it: safetensors, configuration, pieces."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir()
    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXT * 5),
        model_writer=trained,
        vocab_size=40,
        model_type="bpe",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(trained.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=trained.getvalue())
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    plain = [piece for piece in pieces if piece not in ("<unk>", "<s>", "</s>")]
    words = ["</s>", "<unk>", *plain, "<pad>"]
    numbers = {word: number for number, word in enumerate(words)}
    (folder / "vocab.json").write_text(json.dumps(numbers), encoding="utf-8")
    files = {"source_spm": "source.spm", "target_spm": "target.spm", "vocab": "vocab.json"}
    MarianTokenizer(**{n: str(folder / f) for n, f in files.items()}).save_pretrained(folder)
    torch.manual_seed(0)
    config = MarianConfig(
        vocab_size=len(words),
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        max_position_embeddings=64,
        pad_token_id=len(words) - 1,
        eos_token_id=0,
        decoder_start_token_id=len(words) - 1,
        forced_eos_token_id=None,
        init_std=0.5,
    )
    MarianMTModel(config).eval().save_pretrained(folder)
